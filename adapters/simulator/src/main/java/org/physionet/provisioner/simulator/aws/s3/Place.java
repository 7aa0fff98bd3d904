package org.physionet.provisioner.simulator.aws.s3;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.physionet.provisioner.simulator.aws.state.AccessPoint;
import org.physionet.provisioner.simulator.aws.state.Account;
import org.physionet.provisioner.simulator.aws.state.AwsState;
import org.physionet.provisioner.simulator.aws.state.Bucket;
import org.physionet.provisioner.simulator.aws.wire.AwsException;

/**
 * An existing bucket, and the way into it.
 *
 * @param via the access point through which it is reached
 */
public record Place(Bucket bucket, Optional<AccessPoint> via) {
    private static final Pattern NAME_AND_ACCOUNT = Pattern.compile("(.+)-(\\d{12})");

    /**
     * Finds what an address names. A name that is no bucket's may be an access point's alias, or its {@code NAME-ACCOUNT} as clients put
     * it before a local host's name.
     *
     * @throws AwsException 404 if there is no such thing
     */
    static Place of(Address.Container container, String region, AwsState state) {
        return switch (container) {
            case Address.Container.Named named -> {
                Bucket bucket = state.buckets().get(named.name());
                if (bucket != null) {
                    yield new Place(bucket, Optional.empty());
                }
                yield byAlias(named.name(), region, state)
                        .map(point -> behind(point, state))
                        .orElseThrow(() -> noSuchBucket(named.name()));
            }
            case Address.Container.Point p ->
                state.findAccount(p.account())
                        .flatMap(a -> a.accessPoint(p.region(), p.name()))
                        .map(point -> behind(point, state))
                        .orElseThrow(() -> new AwsException(
                                        404, "NoSuchAccessPoint", "The specified accesspoint does not exist")
                                .with("AccessPointName", p.name()));
        };
    }

    private static Optional<AccessPoint> byAlias(String name, String region, AwsState state) {
        if (name.endsWith("-s3alias")) {
            return state.accessPointByAlias(name);
        }
        Matcher matcher = NAME_AND_ACCOUNT.matcher(name);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Optional<Account> account = state.findAccount(matcher.group(2));
        return account.flatMap(a -> a.accessPoint(region, matcher.group(1)));
    }

    private static Place behind(AccessPoint point, AwsState state) {
        Bucket bucket = state.buckets().get(point.bucket());
        if (bucket == null) {
            throw noSuchBucket(point.bucket());
        }
        return new Place(bucket, Optional.of(point));
    }

    static AwsException noSuchBucket(String name) {
        return new AwsException(404, "NoSuchBucket", "The specified bucket does not exist").with("BucketName", name);
    }
}
