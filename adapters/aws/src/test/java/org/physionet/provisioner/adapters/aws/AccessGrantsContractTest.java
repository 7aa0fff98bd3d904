package org.physionet.provisioner.adapters.aws;

import org.physionet.provisioner.adapters.contract.AdapterContract;
import org.physionet.provisioner.adapters.contract.ContractWorld;

/** The whole contract for S3 Access Grants, on the simulator. */
class AccessGrantsContractTest extends AdapterContract {
    @Override
    protected ContractWorld open() {
        return new SimulatedAccessGrants();
    }
}
