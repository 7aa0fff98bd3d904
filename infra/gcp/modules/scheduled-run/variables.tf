variable "project" {
  description = "Id of the project that runs the job."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{4,28}[a-z0-9]$", var.project))
    error_message = "A project id has 6 to 30 lower-case letters, digits and hyphens, and starts with a letter."
  }
}

variable "region" {
  description = "Region of the job and its timer, e.g. us-central1."
  type        = string

  validation {
    condition     = can(regex("^[a-z]+-[a-z]+[0-9]+$", var.region))
    error_message = "A region looks like us-central1."
  }
}

variable "name" {
  description = "Name of the job and its timer."
  type        = string
  default     = "provisioner"

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,22}[a-z0-9]$", var.name))
    error_message = "The name has 2 to 24 lower-case letters, digits and hyphens, and starts with a letter."
  }
}

variable "image" {
  description = "Container image of the provisioner, with its digest."
  type        = string

  validation {
    condition     = can(regex("@sha256:[0-9a-f]{64}$", var.image))
    error_message = "Name the image by its digest (NAME@sha256:...), so that what runs is what was approved."
  }
}

variable "arguments" {
  description = "What the provisioner is told to do."
  type        = list(string)
  default     = ["run"]
}

variable "schedule" {
  description = "When it runs, as in cron, in UTC. It is the longest time that somebody keeps access who should not have it."
  type        = string
  default     = "*/15 * * * *"
}

variable "timeout_seconds" {
  description = "How long one run may take."
  type        = number
  default     = 3600

  validation {
    condition     = var.timeout_seconds >= 60 && var.timeout_seconds <= 86400
    error_message = "timeout_seconds must be from 60 to 86400."
  }
}

variable "cpu" {
  description = "Processors of the job."
  type        = string
  default     = "2"
}

variable "memory" {
  description = "Memory of the job."
  type        = string
  default     = "2Gi"
}

variable "provisioner_email" {
  description = "Address of the provisioner's service account, as which the job runs (output `email` of the module provisioner)."
  type        = string

  validation {
    condition     = endswith(var.provisioner_email, ".iam.gserviceaccount.com")
    error_message = "A service account's address ends with .iam.gserviceaccount.com."
  }
}

variable "config_secret" {
  description = "Id of the Secret Manager secret whose latest version is provisioner.yaml."
  type        = string
}

variable "environment" {
  description = "Further environment variables, e.g. keys of the configuration as PROVISIONER_..."
  type        = map(string)
  default     = {}
}

variable "secret_environment" {
  description = "Environment variables from secrets: name of the variable to id of the secret."
  type        = map(string)
  default     = {}
}

variable "subnetwork" {
  description = "Subnetwork from which the job reaches a private database; null for none."
  type        = string
  default     = null
}
