"""Answers of an organisation, as sms init takes them."""

ANSWERS = """organisation: Fjord Bank IT
short_name: Fjord
services: payment and branch services
location: Tromsø, Norway
owner: Åsa Øvergård
owner_email: asa@fjord.example
head: Kari Nordmann
head_email: kari@fjord.example
"""
