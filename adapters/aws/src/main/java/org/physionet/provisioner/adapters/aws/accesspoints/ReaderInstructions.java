package org.physionet.provisioner.adapters.aws.accesspoints;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a researcher does to read through their access point (facts/aws.md A1.3: both sides have to allow it). */
final class ReaderInstructions {
    private ReaderInstructions() {}

    /** @param shard theirs, null if they have none yet */
    static List<String> lines(AccessPointLayout layout, @Nullable String shard) {
        if (shard == null) {
            return List.of(
                    "No access point has been assigned to you yet; it is with the first grant. Ask again after the next run.");
        }
        String arn = layout.policy().arn(shard);
        String prefix = layout.location().prefix();
        String uri = "s3://" + arn + "/" + prefix;
        String folder = prefix.isEmpty() ? layout.location().bucket() : prefix.substring(0, prefix.length() - 1);
        return List.of(
                "Use the IAM user that you linked; this must print its UserId (AIDA…):",
                "  aws sts get-caller-identity",
                "List and download (keep the slash at the end):",
                "  aws s3 ls " + uri,
                "  aws s3 sync " + uri + " ./" + folder.replace('/', '-'),
                "Your own administrator must allow it too, with an IAM policy for that user:",
                "  " + ownPolicy(arn, prefix),
                "Access works only through this access point, not through the bucket's name.");
    }

    private static String ownPolicy(String arn, String prefix) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":["
                + "{\"Effect\":\"Allow\",\"Action\":\"s3:GetObject\",\"Resource\":\"" + arn + "/object/" + prefix
                + "*\"},"
                + "{\"Effect\":\"Allow\",\"Action\":\"s3:ListBucket\",\"Resource\":\"" + arn + "\"}]}";
    }
}
