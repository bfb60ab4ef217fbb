// Writes by ioredis to whom the sentinels name, until another leads and takes writes. Arguments: the sentinels' ports.
import Redis from 'ioredis';
import { follow } from './sentinel-follow.mjs';

const redis = new Redis({
    sentinels: process.argv.slice(2).map((port) => ({ host: '127.0.0.1', port: Number(port) })),
    name: 'm',
    maxRetriesPerRequest: 1,
    connectTimeout: 1000,
    commandTimeout: 1000,
});
redis.on('error', () => { });
await follow(() => redis.incr('ioredis'), () => redis.info('server'));
redis.disconnect();
