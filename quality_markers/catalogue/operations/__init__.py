from quality_markers.catalogue.operations.drafting import (
    add_question,
    begin,
    change_guidance,
    change_question,
    discard,
    load,
    remove_question,
)
from quality_markers.catalogue.operations.importing import (
    AlreadyImported,
    import_published,
    load_own,
    read_published,
)
from quality_markers.catalogue.operations.publishing import publish, retire, take_up
from quality_markers.catalogue.operations.sheets import import_sheet

__all__ = [
    "AlreadyImported",
    "add_question",
    "begin",
    "change_guidance",
    "change_question",
    "discard",
    "import_published",
    "import_sheet",
    "load",
    "load_own",
    "publish",
    "read_published",
    "remove_question",
    "retire",
    "take_up",
]
