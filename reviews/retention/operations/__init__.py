from reviews.retention.operations.carrying import carry_out, sweep
from reviews.retention.operations.ending import propose, settle
from reviews.retention.operations.holding import hold, keep_longer, lift
from reviews.retention.operations.scheduling import propose_schedule, settle_schedule

__all__ = [
    "carry_out",
    "hold",
    "keep_longer",
    "lift",
    "propose",
    "propose_schedule",
    "settle",
    "settle_schedule",
    "sweep",
]
