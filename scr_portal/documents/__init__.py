"""Files that people bring: what is let in, where it is kept, whether it was scanned, what it says.

This room knows nothing of reviews. ``operations.store`` takes a file in, ``serving.attachment``
gives it out to whoever the caller has found to be allowed.
"""
