"""Dispatching: which bus drives which trip, what drivers are told, what the board shows."""
