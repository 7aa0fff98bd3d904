package org.physionet.provisioner.sources.physionet;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Every column that is read, by table, and no other: names, hashes, addresses on paper and registration addresses stay
 * where they are. {@code infra/physionet/reader.sql} grants exactly these.
 */
final class ReadColumns {
    /** Tables of every PhysioNet database since October 2024 (facts/physionet.md 1.2). */
    static final Map<String, List<String>> REQUIRED = required();

    /** Later tables and columns, read where they exist (facts/physionet.md 1.5). */
    static final Map<String, List<String>> LATER = later();

    /** Only with {@code googleAccounts: research-environment}; of Health Data Nexus' research environment. */
    static final Map<String, List<String>> RESEARCH_ENVIRONMENT =
            Map.of("environment_cloudidentity", List.of("id", "user_id", "email"));

    private ReadColumns() {}

    private static Map<String, List<String>> required() {
        Map<String, List<String>> tables = new LinkedHashMap<>();
        tables.put(
                "user_user", List.of("id", "username", "email", "is_active", "is_credentialed", "credential_datetime"));
        tables.put("user_associatedemail", List.of("id", "user_id", "email", "is_verified"));
        tables.put(
                "user_cloudinformation",
                List.of(
                        "id",
                        "user_id",
                        "gcp_email_id",
                        "aws_id",
                        "aws_userid",
                        "aws_user_arn",
                        "aws_verification_datetime"));
        tables.put("user_credentialapplication", List.of("id", "user_id", "status", "country", "decision_datetime"));
        tables.put("user_trainingtype", List.of("id", "name", "valid_duration"));
        tables.put("user_training", List.of("id", "user_id", "training_type_id", "status", "process_datetime"));
        tables.put(
                "project_publishedproject",
                List.of(
                        "id",
                        "slug",
                        "version",
                        "title",
                        "access_policy",
                        "deprecated_files",
                        "embargo_files_days",
                        "publish_datetime",
                        "allow_file_downloads"));
        tables.put(
                "project_publishedproject_required_trainings", List.of("id", "publishedproject_id", "trainingtype_id"));
        tables.put("project_duasignature", List.of("id", "user_id", "project_id", "sign_datetime"));
        tables.put(
                "project_dataaccessrequest",
                List.of("id", "requester_id", "project_id", "status", "decision_datetime", "duration"));
        tables.put("project_dataaccess", List.of("id", "project_id", "platform", "location"));
        tables.put("project_gcp", List.of("id", "project_id", "bucket_name"));
        tables.put("project_aws", List.of("id", "project_id", "bucket_name"));
        return tables;
    }

    private static Map<String, List<String>> later() {
        Map<String, List<String>> tables = new LinkedHashMap<>();
        tables.put("project_publishedproject", List.of("georestricted"));
        tables.put("project_awsaccesspoint", List.of("id", "name", "aws_id"));
        tables.put("project_awsaccesspointuser", List.of("id", "access_point_id", "user_id"));
        return tables;
    }
}
