package org.physionet.provisioner.simulator.aws.s3;

import java.util.Optional;
import org.physionet.provisioner.simulator.Request;
import org.physionet.provisioner.simulator.aws.state.AwsState;
import org.physionet.provisioner.simulator.aws.wire.AwsException;

/**
 * What an S3 request was about, for those who write it down.
 *
 * @param key empty if the bucket itself is meant
 */
public record Addressed(Place place, String key) {

    /** Empty if the request names no bucket, or one that does not exist. */
    public static Optional<Addressed> of(Request request, String region, AwsState state) {
        Address address = Address.of(request);
        if (address.container().isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Addressed(Place.of(address.container().get(), region, state), address.key()));
        } catch (AwsException e) {
            return Optional.empty();
        }
    }
}
