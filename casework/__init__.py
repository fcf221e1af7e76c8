"""How anything is timed, remembered and told: the working calendar and the audit trail."""
