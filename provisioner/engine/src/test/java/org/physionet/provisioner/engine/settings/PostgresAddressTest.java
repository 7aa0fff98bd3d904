package org.physionet.provisioner.engine.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresAddressTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://127.0.0.1:5432/physionet",
                "jdbc:postgresql://localhost/physionet?sslmode=disable",
                "jdbc:postgresql://[::1]:5432/physionet",
                "jdbc:postgresql:physionet",
                "jdbc:postgresql://db.example.org/physionet?sslmode=verify-full&sslrootcert=/etc/ca.pem",
                "jdbc:postgresql:///physionet?cloudSqlInstance=p:r:i&socketFactory=com.google.cloud.sql.postgres.SocketFactory"
            })
    void thisMachineAndWhatVerifiesByItselfIsLeftAsItIs(String url) {
        assertThat(PostgresAddress.verified("store.url", url)).isEqualTo(url);
    }

    @Test
    void aServerOnAnotherMachineIsVerifiedUnasked() {
        assertThat(PostgresAddress.verified("store.url", "jdbc:postgresql://db.example.org:5432/physionet"))
                .isEqualTo("jdbc:postgresql://db.example.org:5432/physionet?sslmode=verify-full"
                        + "&sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory");
        assertThat(PostgresAddress.verified("store.url", "jdbc:postgresql://db/physionet?sslrootcert=ca.pem"))
                .isEqualTo("jdbc:postgresql://db/physionet?sslrootcert=ca.pem&sslmode=verify-full");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sslmode=disable",
                "sslmode=allow",
                "sslmode=prefer",
                "sslmode=require",
                "sslmode=verify-ca",
                "ssl=false",
                "SSLMODE=Disable",
                "sslfactory=org.postgresql.ssl.NonValidatingFactory",
                "sslmode=verify-full&sslhostnameverifier=x.Y"
            })
    void verificationCanNotBeSwitchedOffForAnotherMachine(String parameters) {
        for (String host :
                new String[] {"db.example.org", "127.0.0.1,db.example.org", "127.0.0.1.example.org", "10.0.0.1:5432"}) {
            assertThatThrownBy(() -> PostgresAddress.verified(
                            "store.url", "jdbc:postgresql://" + host + "/physionet?" + parameters))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("store.url")
                    .hasMessageContaining("verify-full");
        }
    }
}
