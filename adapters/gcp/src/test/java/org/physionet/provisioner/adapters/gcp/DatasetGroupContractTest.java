package org.physionet.provisioner.adapters.gcp;

import org.physionet.provisioner.adapters.contract.AdapterContract;
import org.physionet.provisioner.adapters.contract.ContractWorld;

class DatasetGroupContractTest extends AdapterContract {
    @Override
    protected ContractWorld open() {
        return new GroupWorld(false);
    }
}
