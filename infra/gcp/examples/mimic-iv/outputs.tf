output "resources" {
  description = "What the catalog names."
  value       = concat([module.bucket.url], [for tables in module.tables : tables.name])
}

output "groups" {
  description = "Addresses of the groups, for the catalog's layout group."
  value       = { for platform, group in module.group : platform => group.email }
}
