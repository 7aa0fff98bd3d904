output "role_arn" {
  description = "ARN of the engine's role."
  value       = aws_iam_role.this.arn
}

output "role_name" {
  description = "Name of the engine's role."
  value       = aws_iam_role.this.name
}

output "boundary_arn" {
  description = "ARN of the permissions boundary."
  value       = aws_iam_policy.boundary.arn
}
