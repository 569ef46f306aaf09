"""The pages about accounts: one's own, their administration, organisations, the audit trail."""
