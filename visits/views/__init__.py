"""The pages of visits: asking, answering, the gate, telling the Department."""
