"""What is typed and not sent yet.

A view begins its form with ``restoring.restore_into(request, key)``, the form's element carries
``data-autosave-url`` of ``drafts:save``, and the operation's success discards the draft.
"""
