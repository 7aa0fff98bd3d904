package org.physionet.provisioner.adapters.aws;

import java.util.Map;

/**
 * Where servers that store policies and decide nothing differ from AWS (facts/aws.md B1). Two more differences are not tests of the contract:
 * who can read is taken from what is stored ({@link StoringAws#canRead}), and what they answer wrongly is not asked ({@code emulator: moto}).
 */
final class StoredNotDecided {
    /** Tests of the contract by name, each with its reason. */
    static final Map<String, String> DIVERGENCES = Map.of(
            "aRefusedPrincipalIsRejectedAndNothingOfItsWriteIsInForce",
            "B1: any text is stored as a policy, so a principal that does not exist is never refused");

    private StoredNotDecided() {}
}
