variable "account" {
  description = "Account of the data, 12 digits."
  type        = string
}

variable "region" {
  description = "Region of the data."
  type        = string
  default     = "us-east-1"
}

variable "site" {
  description = "Short name of the site: begins the names of buckets and access points."
  type        = string
}

variable "organization_profile" {
  description = "Profile of the AWS configuration for the organization's management account."
  type        = string
}

variable "janitor_role_arn" {
  description = "Role of the person who deletes access points."
  type        = string
}

variable "infrastructure_role_arn" {
  description = "Role by which this is applied."
  type        = string
}

variable "image" {
  description = "The provisioner's container image, by digest."
  type        = string
}

variable "config_secret_arn" {
  description = "Secret that holds the configuration."
  type        = string
}

variable "subnets" {
  description = "Subnets of the scheduled run."
  type        = list(string)
}

variable "security_groups" {
  description = "Security groups of the scheduled run."
  type        = list(string)
}
