package org.physionet.provisioner.store.mistakes;

import javax.net.ssl.HostnameVerifier;

final class TrustsEverybody {
    final HostnameVerifier verifier = (host, session) -> true;
}
