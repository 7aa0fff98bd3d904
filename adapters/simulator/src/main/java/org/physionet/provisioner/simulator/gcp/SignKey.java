package org.physionet.provisioner.simulator.gcp;

/**
 * A version of a key of Cloud KMS that signs.
 *
 * @param name {@code projects/P/locations/L/keyRings/R/cryptoKeys/K/cryptoKeyVersions/N}
 * @param algorithm only {@link #PURE} really signs
 */
record SignKey(String name, String algorithm) {
    /** Ed25519 over the data itself (Cloud KMS documentation, "Key purposes and algorithms"). */
    static final String PURE = "EC_SIGN_ED25519";

    static final String FORM =
            "projects/[^/]+/locations/[^/]+/keyRings/[^/]+/cryptoKeys/[^/]+/cryptoKeyVersions/[1-9][0-9]*";

    String project() {
        return name.split("/", 3)[1];
    }
}
