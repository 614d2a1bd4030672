"""A large made-up service, and a peer to measure the engine against. No part of the product."""
