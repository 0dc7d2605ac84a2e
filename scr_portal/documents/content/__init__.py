"""What a file is and whether it is let in, by what is in it and never by its name.

``inspect`` reads in pieces: nothing here holds a whole file in memory.
"""

from scr_portal.documents.content.inspecting import inspect

__all__ = ["inspect"]
