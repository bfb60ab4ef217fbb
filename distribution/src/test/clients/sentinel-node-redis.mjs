// Writes by node-redis to whom the sentinels name, until another leads and takes writes. Arguments: the sentinels' ports.
import { createSentinel } from 'redis';
import { follow } from './sentinel-follow.mjs';

const redis = createSentinel({
    name: 'm',
    sentinelRootNodes: process.argv.slice(2).map((port) => ({ host: '127.0.0.1', port: Number(port) })),
    nodeClientOptions: { socket: { connectTimeout: 1000 } },
    scanInterval: 1000,
});
redis.on('error', () => { });
await redis.connect();
await follow(() => redis.incr('node'), () => redis.use((master) => master.info('server')));
redis.destroy();
