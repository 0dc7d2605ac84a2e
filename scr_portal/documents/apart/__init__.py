"""What is done to a file in a process that may die of it, and that holds none of our keys.

``program.py`` is that process; the files beside it import neither the portal nor one another.
"""
