"""How a form comes to be: its questions, XLSForm in and out, drafts, versions, and the warning of what is held."""
