package org.physionet.provisioner.adapters.gcp;

import java.util.HashMap;
import java.util.Map;
import org.physionet.provisioner.adapters.contract.AdapterContract;
import org.physionet.provisioner.adapters.contract.ContractWorld;
import org.physionet.provisioner.adapters.contract.Trouble;
import org.physionet.provisioner.engine.settings.Settings;

class CloudIdentityContractTest extends AdapterContract {
    @Override
    protected ContractWorld open() {
        return new GroupWorld(true) {
            @Override
            public Settings settings() {
                Settings base = super.settings();
                Map<String, String> values = new HashMap<>(base.values());
                values.put("groupsApi", "cloud-identity");
                return new Settings("gcp", values, base.base());
            }

            @Override
            public Trouble tooFast() {
                return Trouble.answer(429);
            }

            @Override
            public String readMethod() {
                return "cloudidentity.groups.memberships.list";
            }

            @Override
            public String writeMethod() {
                return "cloudidentity.groups.memberships.create";
            }
        };
    }
}
