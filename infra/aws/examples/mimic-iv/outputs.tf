output "role_arn" {
  description = "Role that the engine runs as."
  value       = module.provisioner.role_arn
}

output "bucket" {
  description = "The data bucket."
  value       = module.data.name
}
