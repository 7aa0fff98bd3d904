variable "name" {
  description = "Name of the service control policy."
  type        = string
  default     = "provisioner-is-the-only-writer"
}

variable "target" {
  description = "Account or organizational unit whose people it holds back: the account of the data buckets. It has no effect on the organization's management account."
  type        = string

  validation {
    condition     = can(regex("^([0-9]{12}|ou-[0-9a-z]{4,32}-[0-9a-z]{8,32})$", var.target))
    error_message = "The target is an account of 12 digits or an organizational unit, ou-…-…."
  }
}

variable "provisioner_role_arn" {
  description = "Role of the engine, as the module provisioner makes it."
  type        = string
}

variable "janitor_role_arn" {
  description = "Role of the person who deletes access points that nobody needs any more."
  type        = string
}

variable "infrastructure_role_arn" {
  description = "Role by which Terraform changes buckets and roles."
  type        = string
}

variable "adopted_access_points" {
  description = "Names, with * at the end, of access points that PhysioNet made and the engine took over, e.g. mimiciv-v3-1-*: PhysioNet's site can not write them any more."
  type        = list(string)
  default     = []
}

variable "provisioner_writes_bucket_policies" {
  description = "Whether the engine has resources of layout bucket-policy, and so must be let write the data buckets' policies."
  type        = bool
  default     = false
}

variable "access_point_prefix" {
  description = "With what the names of the engine's access points begin."
  type        = string
}

variable "data_buckets" {
  description = "Names of the data buckets."
  type        = list(string)

  validation {
    condition     = length(var.data_buckets) > 0
    error_message = "At least one bucket."
  }
}

variable "tags" {
  description = "Tags of the policy."
  type        = map(string)
  default     = {}
}
