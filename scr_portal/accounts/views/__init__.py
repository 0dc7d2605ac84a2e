"""Pages of people, boards and one's own account."""
