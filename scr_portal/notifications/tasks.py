def wake() -> None:
    """Ask the worker to look at the outbox now."""
