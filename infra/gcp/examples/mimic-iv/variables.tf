variable "project" {
  description = "Id of the project that holds the data."
  type        = string
}

variable "region" {
  description = "Region that the provisioner runs in."
  type        = string
  default     = "us-central1"
}

variable "domain" {
  description = "Domain that owns the groups, and in which bucket names are verified, e.g. access.example.org."
  type        = string
}

variable "customer_id" {
  description = "Customer id of the Workspace or Cloud Identity account of that domain."
  type        = string
}

variable "organization_id" {
  description = "Number of the organization above the project; null for none."
  type        = string
  default     = null
}

variable "notification_channels" {
  description = "Who is told of changes by others, projects/P/notificationChannels/N."
  type        = list(string)
}

variable "image" {
  description = "Container image of the provisioner, NAME@sha256:..."
  type        = string
}
