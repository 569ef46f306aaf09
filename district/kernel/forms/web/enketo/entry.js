export { Form } from 'enketo-core';
export { default as events } from 'enketo-core/src/js/event';
export { default as files } from './files';
