package org.physionet.provisioner.simulator.aws.state;

import java.time.Instant;
import java.util.List;
import org.physionet.provisioner.simulator.SigningKey;

/**
 * A customer-managed key of KMS.
 *
 * @param policy its key policy; principals by unique id
 * @param spec {@code SYMMETRIC_DEFAULT}, or {@link #SIGNS} for one that signs
 * @param aliases each begins with {@code alias/}
 */
public record KmsKey(String arn, StoredPolicy policy, Instant createdAt, String spec, List<String> aliases) {
    /** The spec of Ed25519 keys (KMS developer guide, "Key spec reference"). */
    public static final String SIGNS = "ECC_NIST_EDWARDS25519";

    public KmsKey {
        aliases = List.copyOf(aliases);
    }

    public String id() {
        return arn.substring(arn.lastIndexOf('/') + 1);
    }

    public boolean signs() {
        return spec.equals(SIGNS);
    }

    public KmsKey with(StoredPolicy newPolicy) {
        return new KmsKey(arn, newPolicy, createdAt, spec, aliases);
    }

    /** Its pair, which follows from its ARN: the same key in every world. */
    public SigningKey pair() {
        return SigningKey.of(arn);
    }

    /** Whether a call means it: by ARN, id, alias or the alias's ARN. */
    public boolean isCalled(String name, String region, String account) {
        String own = arn.substring(0, arn.indexOf(":key/") + 1);
        boolean here = own.equals("arn:aws:kms:" + region + ":" + account + ":");
        return name.equals(arn)
                || aliases.stream().anyMatch(alias -> name.equals(own + alias))
                || here && (name.equals(id()) || aliases.contains(name));
    }
}
