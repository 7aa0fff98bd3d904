variable "project" {
  description = "Id of the project that is watched."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{4,28}[a-z0-9]$", var.project))
    error_message = "A project id has 6 to 30 lower-case letters, digits and hyphens, and starts with a letter."
  }
}

variable "provisioner_email" {
  description = "Address of the provisioner's service account, whose changes are expected."
  type        = string

  validation {
    condition     = endswith(var.provisioner_email, ".iam.gserviceaccount.com")
    error_message = "A service account's address ends with .iam.gserviceaccount.com."
  }
}

variable "notification_channels" {
  description = "Who is told: ids of Cloud Monitoring notification channels, projects/P/notificationChannels/N."
  type        = list(string)

  validation {
    condition     = length(var.notification_channels) > 0
    error_message = "An alert that tells nobody is none: name at least one channel."
  }
}

variable "rate_limit_seconds" {
  description = "At most one notification in this many seconds."
  type        = number
  default     = 300

  validation {
    condition     = var.rate_limit_seconds >= 300
    error_message = "rate_limit_seconds must be 300 or more."
  }
}
