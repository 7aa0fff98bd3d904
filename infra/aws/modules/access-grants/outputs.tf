output "instance_arn" {
  description = "ARN of the instance."
  value       = aws_s3control_access_grants_instance.this.access_grants_instance_arn
}

output "location_id" {
  description = "Id of the location for all data buckets."
  value       = aws_s3control_access_grants_location.this.access_grants_location_id
}
