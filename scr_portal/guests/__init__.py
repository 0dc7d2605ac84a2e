"""People without an account act once, through a link that ends.

A room makes a link for a purpose and writes a letter about it (``operations``), answers
``guest_pages`` with the page where that purpose is carried out and ``guest_wanted_on`` with
the day its letters name, and opens its pages with ``access.guest_view``.
docs/adr/0009-guest-links.md says why it is so.
"""
