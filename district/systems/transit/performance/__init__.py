"""How the service ran: punctuality, regularity, trips operated, mileage, speeds."""
