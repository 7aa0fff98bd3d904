variable "name" {
  description = "Name of the bucket, unique in the world."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$", var.name))
    error_message = "A bucket name has 3 to 63 lower-case letters, digits, dots and hyphens."
  }
}

variable "writers" {
  description = "ARNs of the roles that may add checkpoints, of another account than the bucket's if possible."
  type        = list(string)
  default     = []
}

variable "mode" {
  description = "COMPLIANCE: nobody can shorten it, not even the root. GOVERNANCE: for trying it out."
  type        = string
  default     = "COMPLIANCE"

  validation {
    condition     = contains(["COMPLIANCE", "GOVERNANCE"], var.mode)
    error_message = "The mode is COMPLIANCE or GOVERNANCE."
  }
}

variable "keep_days" {
  description = "Days for which a checkpoint can be neither changed nor deleted."
  type        = number
  default     = 2557

  validation {
    condition     = var.keep_days >= 1
    error_message = "At least one day."
  }
}

variable "tags" {
  description = "Tags of the bucket."
  type        = map(string)
  default     = {}
}
