variable "name" {
  description = "Name of the task, its cluster and its timer."
  type        = string
  default     = "provisioner"

  validation {
    condition     = can(regex("^[A-Za-z0-9_-]{1,50}$", var.name))
    error_message = "1 to 50 letters, digits, underscores and hyphens."
  }
}

variable "image" {
  description = "The provisioner's container image, by digest: REPOSITORY@sha256:…."
  type        = string

  validation {
    condition     = can(regex("@sha256:[0-9a-f]{64}$", var.image))
    error_message = "Name the image by its digest, so that nobody can put another one under the same tag."
  }
}

variable "provisioner_role_arn" {
  description = "Role that the engine runs as, as the module provisioner makes it."
  type        = string
}

variable "config_secret_arn" {
  description = "Secret of Secrets Manager that holds the configuration file's text."
  type        = string
}

variable "secret_environment" {
  description = "Environment variables from secrets: name to the secret's ARN."
  type        = map(string)
  default     = {}
}

variable "environment" {
  description = "Further environment variables; nothing secret."
  type        = map(string)
  default     = {}
}

variable "arguments" {
  description = "The command that runs."
  type        = list(string)
  default     = ["run"]
}

variable "schedule" {
  description = "When: rate(15 minutes), or cron(…) in UTC."
  type        = string
  default     = "rate(15 minutes)"
}

variable "subnets" {
  description = "Subnets with a way to AWS's APIs and to the source's database."
  type        = list(string)
}

variable "security_groups" {
  description = "Security groups of the task; it needs no inbound rule."
  type        = list(string)
}

variable "assign_public_ip" {
  description = "Whether the task gets a public address: only in subnets without a NAT or endpoints."
  type        = bool
  default     = false
}

variable "cpu" {
  description = "CPU units of the task; 1024 is one processor."
  type        = number
  default     = 1024
}

variable "memory" {
  description = "Memory of the task in MiB."
  type        = number
  default     = 2048
}

variable "keep_log_days" {
  description = "Days for which the task's log is kept. The record of what was done is the ledger, not this."
  type        = number
  default     = 90
}

variable "tags" {
  description = "Tags of everything made here."
  type        = map(string)
  default     = {}
}
