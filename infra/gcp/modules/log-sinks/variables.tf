variable "project" {
  description = "Id of the project whose logs are exported; the bucket and the dataset are made in it too."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{4,28}[a-z0-9]$", var.project))
    error_message = "A project id has 6 to 30 lower-case letters, digits and hyphens, and starts with a letter."
  }
}

variable "name" {
  description = "Beginning of the sinks' names."
  type        = string
  default     = "access-review"

  validation {
    condition     = can(regex("^[A-Za-z0-9][A-Za-z0-9_.-]{0,90}$", var.name))
    error_message = "A sink's name has letters, digits, underscores, hyphens and dots."
  }
}

variable "bucket_name" {
  description = "Name of the bucket for the logs; it is made here and is not a bucket of data."
  type        = string
}

variable "dataset_id" {
  description = "Id of a BigQuery dataset for the logs; null for none."
  type        = string
  default     = null

  validation {
    condition     = var.dataset_id == null ? true : can(regex("^[A-Za-z0-9_]{1,1024}$", var.dataset_id))
    error_message = "A dataset id has letters, digits and underscores only."
  }
}

variable "location" {
  description = "Region or multi-region of the bucket and the dataset."
  type        = string
  default     = "US"
}

variable "retention_days" {
  description = "For how many days nobody can delete or change a log object."
  type        = number
  default     = 365

  validation {
    condition     = var.retention_days >= 1 && var.retention_days <= 36500
    error_message = "retention_days must be from 1 to 36500."
  }
}

variable "delete_after_days" {
  description = "After how many days logs are deleted; at least retention_days. They name people."
  type        = number
  default     = 2555

  validation {
    condition     = var.delete_after_days >= 1
    error_message = "delete_after_days must be 1 or more."
  }
}

variable "readers" {
  description = "Who may read the log objects, e.g. [\"serviceAccount:provisioner@p.iam.gserviceaccount.com\"]."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for reader in var.readers : can(regex("^(user|group|serviceAccount):", reader))])
    error_message = "A reader starts with user:, group: or serviceAccount:."
  }
}
