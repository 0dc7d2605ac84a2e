
__all__ = [
    *("case", "decisions", "documents", "emergency", "planning", "retention", "scoping"),
    *("signatures", "subject_access"),
]
