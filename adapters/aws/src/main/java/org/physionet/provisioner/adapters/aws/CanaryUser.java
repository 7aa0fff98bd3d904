package org.physionet.provisioner.adapters.aws;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.model.AwsArn;
import org.physionet.provisioner.engine.model.AwsUniqueId;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.settings.Setting;
import org.physionet.provisioner.engine.settings.Settings;

/**
 * An IAM user of the site's that reads as researchers do (facts/aws.md A2.3).
 *
 * @param id its unique id
 * @param arn needed where only ARNs are taken (facts/aws.md A1.1); null: not known
 */
public record CanaryUser(String id, @Nullable String arn, AwsSettings.Keys keys) {
    private static final String FIRST = "canary.";
    private static final String SECOND = "canary.second.";

    /** The keys of both. */
    static final List<Setting> SETTINGS = List.of(
            Setting.of(FIRST + "principal", null, "The first canary's unique id, AIDA…."),
            Setting.of(FIRST + "arn", null, "Its ARN; only S3 Access Grants needs it."),
            Setting.of(FIRST + "accessKey", null, "Access key id of the first canary, an IAM user in another account."),
            Setting.secret(FIRST + "secretKey", "The first canary's secret key."),
            Setting.of(
                    SECOND + "principal",
                    null,
                    "The second canary's unique id; with two, one is let in and the other is not at every moment."),
            Setting.of(SECOND + "arn", null, "Its ARN; only S3 Access Grants needs it."),
            Setting.of(SECOND + "accessKey", null, "Access key id of the second canary."),
            Setting.secret(SECOND + "secretKey", "The second canary's secret key."));

    /**
     * None, one or two.
     *
     * @throws IllegalArgumentException naming the key that is wrong
     */
    static List<CanaryUser> all(Settings settings) {
        boolean second = settings.values().keySet().stream().anyMatch(key -> key.startsWith(SECOND));
        boolean first =
                settings.values().keySet().stream().anyMatch(key -> key.startsWith(FIRST) && !key.startsWith(SECOND));
        List<CanaryUser> all = Stream.of(first || second ? FIRST : "", second ? SECOND : "")
                .filter(prefix -> !prefix.isEmpty())
                .map(prefix -> one(settings, prefix))
                .toList();
        if (all.size() == 2 && all.getFirst().id().equals(all.getLast().id())) {
            throw new IllegalArgumentException(settings.section() + "." + SECOND
                    + "principal: expected another IAM user than " + settings.section() + "." + FIRST
                    + "principal, found " + all.getLast().id() + " in both");
        }
        return all;
    }

    private static CanaryUser one(Settings settings, String prefix) {
        String id = AwsSettings.checked(
                settings, prefix + "principal", () -> new AwsUniqueId(settings.require(prefix + "principal")).value());
        Optional<String> arn = settings.find(prefix + "arn");
        return new CanaryUser(
                id,
                arn.map(text -> AwsSettings.checked(settings, prefix + "arn", () -> new AwsArn(text).value()))
                        .orElse(null),
                new AwsSettings.Keys(settings.require(prefix + "accessKey"), settings.require(prefix + "secretKey")));
    }

    public Principal principal() {
        return AwsIdentityKind.of(id);
    }
}
