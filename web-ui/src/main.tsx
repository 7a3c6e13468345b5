import { render } from 'preact';
import { App } from './app';
import 'uplot/dist/uPlot.min.css';
import './style/index.css';

render(<App />, document.getElementById('app')!);
