package org.physionet.provisioner.adapters.aws;

import org.physionet.provisioner.adapters.contract.AdapterContract;
import org.physionet.provisioner.adapters.contract.ContractWorld;

/** The whole contract for readers in a bucket's policy, on the simulator. */
class BucketPolicyContractTest extends AdapterContract {
    @Override
    protected ContractWorld open() {
        return new SimulatedBucketPolicy();
    }
}
