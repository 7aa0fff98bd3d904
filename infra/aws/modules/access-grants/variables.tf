variable "data_buckets" {
  description = "Names of the buckets that grants may be for."
  type        = list(string)

  validation {
    condition     = length(var.data_buckets) > 0
    error_message = "At least one bucket."
  }
}

variable "researcher_accounts" {
  description = "Accounts whose people may ask for data they have been granted."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for account in var.researcher_accounts : can(regex("^[0-9]{12}$", account))])
    error_message = "An account has 12 digits."
  }
}

variable "role_name" {
  description = "Name of the location's role."
  type        = string
  default     = "provisioner-access-grants"
}

variable "longest_session_seconds" {
  description = "How long vended credentials may live, and so how long somebody reads on after a revocation: 3600 to 43200."
  type        = number
  default     = 3600

  validation {
    condition     = var.longest_session_seconds >= 3600 && var.longest_session_seconds <= 43200
    error_message = "AWS takes 3600 to 43200 seconds."
  }
}

variable "tags" {
  description = "Tags of the instance, the location and the role."
  type        = map(string)
  default     = {}
}
