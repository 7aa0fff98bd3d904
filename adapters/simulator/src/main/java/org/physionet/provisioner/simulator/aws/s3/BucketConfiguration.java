package org.physionet.provisioner.simulator.aws.s3;

import java.util.Arrays;
import java.util.Optional;

/**
 * Configurations of a bucket that are kept and given back, with what AWS answers before any was put (S3 API reference, one page each).
 * They change nothing in the simulator, but for logging, encryption, versioning and Object Lock; Terraform reads all of them.
 */
enum BucketConfiguration {
    VERSIONING("versioning", "BucketVersioning", "BucketVersioning", "<VersioningConfiguration xmlns=\"NS\"/>"),
    TAGGING("tagging", "BucketTagging", "BucketTagging", "NoSuchTagSet"),
    ENCRYPTION(
            "encryption",
            "BucketEncryption",
            "EncryptionConfiguration",
            "<ServerSideEncryptionConfiguration xmlns=\"NS\"><Rule><ApplyServerSideEncryptionByDefault>"
                    + "<SSEAlgorithm>AES256</SSEAlgorithm></ApplyServerSideEncryptionByDefault>"
                    + "<BucketKeyEnabled>false</BucketKeyEnabled></Rule></ServerSideEncryptionConfiguration>"),
    LOGGING("logging", "BucketLogging", "BucketLogging", "<BucketLoggingStatus xmlns=\"NS\"/>"),
    OWNERSHIP(
            "ownershipControls",
            "BucketOwnershipControls",
            "BucketOwnershipControls",
            "<OwnershipControls xmlns=\"NS\"><Rule><ObjectOwnership>BucketOwnerEnforced</ObjectOwnership></Rule>"
                    + "</OwnershipControls>"),
    LIFECYCLE("lifecycle", "BucketLifecycleConfiguration", "LifecycleConfiguration", "NoSuchLifecycleConfiguration"),
    CORS("cors", "BucketCors", "BucketCORS", "NoSuchCORSConfiguration"),
    WEBSITE("website", "BucketWebsite", "BucketWebsite", "NoSuchWebsiteConfiguration"),
    ACCELERATE(
            "accelerate",
            "BucketAccelerateConfiguration",
            "AccelerateConfiguration",
            "<AccelerateConfiguration xmlns=\"NS\"/>"),
    REQUEST_PAYMENT(
            "requestPayment",
            "BucketRequestPayment",
            "BucketRequestPayment",
            "<RequestPaymentConfiguration xmlns=\"NS\"><Payer>BucketOwner</Payer></RequestPaymentConfiguration>"),
    NOTIFICATION(
            "notification",
            "BucketNotificationConfiguration",
            "BucketNotification",
            "<NotificationConfiguration xmlns=\"NS\"/>"),
    REPLICATION(
            "replication", "BucketReplication", "ReplicationConfiguration", "ReplicationConfigurationNotFoundError"),
    OBJECT_LOCK(
            "object-lock",
            "ObjectLockConfiguration",
            "BucketObjectLockConfiguration",
            "ObjectLockConfigurationNotFoundError");

    /** What stands for "taken away" where AWS has a default that a deletion removes. */
    static final String REMOVED = "";

    /** The query parameter. */
    final String parameter;

    private final String operation;
    private final String action;
    private final String initial;

    BucketConfiguration(String parameter, String operation, String action, String initial) {
        this.parameter = parameter;
        this.operation = operation;
        this.action = action;
        this.initial = initial;
    }

    static Optional<BucketConfiguration> named(String parameter) {
        return Arrays.stream(values())
                .filter(c -> c.parameter.equals(parameter))
                .findFirst();
    }

    /** {@code s3.GetBucketTagging} for GET. */
    String method(String http) {
        String verb = http.equals("GET") ? "Get" : http.equals("PUT") ? "Put" : "Delete";
        String name = this == LIFECYCLE && http.equals("DELETE") ? "BucketLifecycle" : operation;
        return "s3." + verb + name;
    }

    /** The permission; deleting needs the one of putting, but for websites. */
    String action(String http) {
        String verb = http.equals("GET") ? "Get" : http.equals("DELETE") && this == WEBSITE ? "Delete" : "Put";
        return "s3:" + verb + action;
    }

    /** The XML that AWS answers before any was put; empty if it answers 404. */
    Optional<String> initialXml() {
        return initial.startsWith("<") ? Optional.of(initial.replace("NS", BucketCalls.NAMESPACE)) : Optional.empty();
    }

    /** The code of the 404. */
    String absentCode() {
        return this == OWNERSHIP ? "OwnershipControlsNotFoundError" : initial;
    }
}
