package org.physionet.provisioner.worlds.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.physionet.provisioner.engine.store.Store;
import org.physionet.provisioner.store.OpenMode;
import org.physionet.provisioner.store.SqlStore;
import org.physionet.provisioner.store.StoreConfig;
import org.physionet.provisioner.worlds.bugs.Bug;
import org.physionet.provisioner.worlds.play.Story;

/** The record in memory is the SQL record in all that a run can see of it. */
class MemoryStoreTest {
    @TempDir
    Path folder;

    private int looks;

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void showsWhatTheSqlRecordShowsAtEveryLookOfAWorld(long seed) {
        StoreConfig config = new StoreConfig.Embedded(folder.resolve("record.db"));
        try (SqlStore sql = SqlStore.open(config, () -> Instant.EPOCH, OpenMode.WRITE)) {
            Story story = Story.of(seed, Bug.NONE, () -> both(new MemoryStore(), sql));
            assertThat(story.end()).isEqualTo(Optional.empty());
        }
        assertThat(looks).isGreaterThan(10);
    }

    private Store both(Store memory, Store sql) {
        return (Store) Proxy.newProxyInstance(
                Store.class.getClassLoader(), new Class<?>[] {Store.class}, (proxy, method, arguments) -> {
                    Object expected = call(method, sql, arguments);
                    Object found = call(method, memory, arguments);
                    if (!method.getReturnType().equals(void.class)) {
                        looks++;
                        assertThat(found).as(method.getName()).isEqualTo(expected);
                    }
                    return found;
                });
    }

    private static Object call(Method method, Store store, Object[] arguments) throws Throwable {
        try {
            return method.invoke(store, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
