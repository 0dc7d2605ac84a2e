"""Who may open an address that no permission guards."""

PUBLIC, SIGNED_IN, ADMINISTRATOR, GUEST = "public", "signed in", "administrator", "guest"
