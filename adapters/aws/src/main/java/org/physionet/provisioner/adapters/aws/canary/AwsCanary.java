package org.physionet.provisioner.adapters.aws.canary;

import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.adapters.aws.AwsIdentityKind;
import org.physionet.provisioner.adapters.aws.AwsSettings;
import org.physionet.provisioner.adapters.aws.CanaryUser;
import org.physionet.provisioner.adapters.aws.S3Location;
import org.physionet.provisioner.adapters.aws.S3ResourceKind;
import org.physionet.provisioner.adapters.aws.calls.LazyClients;
import org.physionet.provisioner.engine.adapter.Canary;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.Resource;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3control.model.Permission;

/**
 * An IAM user of another account of ours (facts/aws.md A2.3). It lists one key of the dataset's folder as a researcher's tool would: that
 * needs no object of its own, and policies let reading and listing in and out together. With access grants it asks for credentials: new
 * ones are refused from the revocation on, those that were vended live to their end.
 */
public final class AwsCanary implements Canary {
    private final AwsSettings settings;
    private final CanaryUser user;
    private final LazyClients ours;
    private final LazyClients own;
    private final Map<String, String> aliases = new ConcurrentHashMap<>();

    /**
     * @param user whose reads these are
     * @param ours the engine's own clients, for an access point's alias on emulators
     * @param own with the canary's credentials; the caller closes them
     */
    public AwsCanary(AwsSettings settings, CanaryUser user, LazyClients ours, LazyClients own) {
        this.settings = settings;
        this.user = user;
        this.ours = ours;
        this.own = own;
    }

    @Override
    public Principal principal() {
        return user.principal();
    }

    @Override
    public SortedSet<Principal> alsoShownAs() {
        String arn = user.arn();
        return arn == null ? new TreeSet<>() : new TreeSet<>(Set.of(AwsIdentityKind.of(arn)));
    }

    @Override
    public Reading read(Resource resource, @Nullable String place) {
        S3Location location = S3Location.of(resource.id());
        try {
            switch (resource.layout()) {
                case S3ResourceKind.ACCESS_GRANTS -> ask(location);
                case S3ResourceKind.ACCESS_POINTS -> {
                    if (place == null) {
                        return new Reading.Unclear("the canary stands in no access point of " + resource.id() + " yet");
                    }
                    list(address(place), location);
                }
                default -> list(location.bucket(), location);
            }
            return new Reading.Allowed();
        } catch (AwsServiceException e) {
            return e.statusCode() == 403 && isAboutAccess(e)
                    ? new Reading.Refused()
                    : new Reading.Unclear("AWS answered " + e.statusCode() + " "
                            + (e.awsErrorDetails() == null
                                    ? ""
                                    : e.awsErrorDetails().errorCode()));
        } catch (SdkException e) {
            return new Reading.Unclear("no answer from AWS: " + e.getClass().getSimpleName());
        }
    }

    private static boolean isAboutAccess(AwsServiceException e) {
        return e.awsErrorDetails() != null
                && "AccessDenied".equals(e.awsErrorDetails().errorCode());
    }

    private void list(String bucket, S3Location location) {
        own.get()
                .s3()
                .listObjectsV2(r -> r.bucket(bucket).prefix(location.prefix()).maxKeys(1));
    }

    private void ask(S3Location location) {
        own.get()
                .s3Control()
                .getDataAccess(r -> r.accountId(settings.account().value())
                        .target(location.id().text() + "*")
                        .permission(Permission.READ)
                        .durationSeconds(900));
    }

    /** Emulators are addressed by path, where an ARN can not stand; an alias can. */
    private String address(String accessPoint) {
        URI endpoint = settings.endpoint();
        String account = settings.account().value();
        if (endpoint == null) {
            return "arn:aws:s3:" + settings.region() + ":" + account + ":accesspoint/" + accessPoint;
        }
        return aliases.computeIfAbsent(
                accessPoint,
                name -> ours.get()
                        .s3Control()
                        .getAccessPoint(r -> r.accountId(account).name(name))
                        .alias());
    }
}
