package org.physionet.provisioner.adapters.aws;

import java.net.URI;
import java.util.List;
import java.util.Map;

/** What a request of S3 or S3 Control is called in AWS's reference; those alone that the adapter sends. */
final class AwsMethod {
    private static final String CONTROL = "/v20180820/";
    private static final Map<String, String> VERBS = Map.of("GET", "Get", "PUT", "Put", "DELETE", "Delete");
    private static final Map<String, String> BUCKET_QUESTIONS = Map.of(
            "policy", "BucketPolicy",
            "policyStatus", "BucketPolicyStatus",
            "publicAccessBlock", "PublicAccessBlock",
            "encryption", "BucketEncryption",
            "acl", "BucketAcl",
            "ownershipControls", "BucketOwnershipControls");

    private AwsMethod() {}

    /** @throws IllegalArgumentException for what the adapter is not known to send */
    static String of(String verb, URI uri) {
        String path = uri.getPath();
        if (path.startsWith(CONTROL)) {
            return "s3control."
                    + control(verb, List.of(path.substring(CONTROL.length()).split("/")));
        }
        String question = String.valueOf(uri.getQuery()).split("[=&]")[0];
        String object = BUCKET_QUESTIONS.get(question);
        if (object == null || VERBS.get(verb) == null) {
            throw new IllegalArgumentException("which method of S3 is " + verb + " " + uri + "?");
        }
        return "s3." + VERBS.get(verb) + object;
    }

    static boolean writes(String method) {
        return !method.contains(".Get") && !method.contains(".List");
    }

    private static String control(String verb, List<String> path) {
        return switch (path.getFirst()) {
            case "accesspoint" ->
                switch (path.size()) {
                    case 1 -> "ListAccessPoints";
                    case 2 ->
                        switch (verb) {
                            case "PUT" -> "CreateAccessPoint";
                            case "GET" -> "GetAccessPoint";
                            default -> "DeleteAccessPoint";
                        };
                    default ->
                        VERBS.get(verb)
                                + (path.get(2).equals("policy") ? "AccessPointPolicy" : "AccessPointPolicyStatus");
                };
            case "configuration" -> "GetPublicAccessBlock";
            default -> throw new IllegalArgumentException("which method of S3 Control is " + verb + " " + path + "?");
        };
    }
}
