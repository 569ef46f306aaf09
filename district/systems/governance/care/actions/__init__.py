"""Every change to personal records and disputes. Each action opens the guarded tables for the one who acts."""
